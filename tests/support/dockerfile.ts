/** The instructions of each stage of a Dockerfile, by stage name. `base` is the image or stage that it starts from. */
export type Stages = Map<string, { base: string; body: string }>;

export function readStages(dockerfile: string): Stages {
  const stages = dockerfile.matchAll(/^FROM (?:--\S+ )?(\S+) AS (\S+)$([\s\S]*?)(?=^FROM |(?![\s\S]))/gm);
  return new Map(Array.from(stages, ([, base = '', name = '', body = '']) => [name, { base, body }]));
}

/** Returns the paths that a target and its stages copy from the build context. `service` replaces `${SERVICE}`. */
export function copiedBy(stages: Stages, target: string, service: string): string[] {
  const stage = stages.get(target);
  if (!stage) return [];
  const body = stage.body.replaceAll(/\$\{?SERVICE\}?/g, service);
  const base = stage.base.replaceAll(/\$\{?SERVICE\}?/g, service);
  const copies = Array.from(
    body.matchAll(/^COPY (?!.*--from=)((?:--\S+ )*)(.+) \S+$/gm),
    ([, , paths = '']) => paths.split(' '),
  );
  const mounts = Array.from(body.matchAll(/--mount=type=bind,source=([^,\s]+)/g), ([, path = '']) => path);
  const others = Array.from(body.matchAll(/--from=(\S+)/g), ([, from = '']) => from);
  return [
    ...copies.flat(),
    ...mounts,
    ...[base, ...others].flatMap((name) => copiedBy(stages, name, service)),
  ];
}
