/** Options that determine where the object is created, and by whom: those of `kubectl options`, and some that both commands have. */
const WITH_VALUE = [
  'as',
  'as-group',
  'as-uid',
  'as-user-extra',
  'cache-dir',
  'certificate-authority',
  'client-certificate',
  'client-key',
  'cluster',
  'context',
  'field-manager',
  'kubeconfig',
  'kuberc',
  'namespace',
  'output',
  'password',
  'request-timeout',
  'server',
  'template',
  'tls-server-name',
  'token',
  'user',
  'username',
];
/** Options whose value follows `=`, or is left out. */
const WITHOUT_VALUE = [
  'allow-missing-template-keys',
  'disable-compression',
  'dry-run',
  'insecure-skip-tls-verify',
  'match-server-version',
  'save-config',
  'show-managed-fields',
  'validate',
  'warnings-as-errors',
];
/** In `create rolebinding`, `--user` names the subject of the role, not the user who creates the object. */
const BINDINGS = new Set(['rolebinding', 'clusterrolebinding']);
const SHORT = ['n', 'o', 's'];

const NEEDS_NEXT = new Set([...WITH_VALUE.map((name) => `--${name}`), ...SHORT.map((name) => `-${name}`)]);
const IS_WHOLE = new RegExp(
  `^(?:--(?:${[...WITH_VALUE, ...WITHOUT_VALUE].join('|')})=|-[${SHORT.join('')}].|--(?:${WITHOUT_VALUE.join('|')})$)`,
);

/**
 * Returns the options of the first command that the second one needs, too. Without them, it would create the object in another
 * cluster or namespace, as another user, or despite `--dry-run`.
 */
export function passedOn(args: readonly string[]): string[] {
  const isBinding = BINDINGS.has(args.find((arg, index) => isOperand(arg, args[index - 1])) ?? '');
  return args.flatMap((arg, index) => {
    if (NEEDS_NEXT.has(args[index - 1] ?? '')) return [];
    if (isBinding && /^--user(?:=|$)/.test(arg)) return [];
    if (NEEDS_NEXT.has(arg)) return [arg, args[index + 1] ?? ''];
    return IS_WHOLE.test(arg) ? [arg] : [];
  });
}

function isOperand(arg: string, before = ''): boolean {
  return !arg.startsWith('-') && !NEEDS_NEXT.has(before);
}

/** Reports whether the command reads its objects from stdin. */
export function readsStandardInput(args: readonly string[]): boolean {
  return args.some((arg, index) =>
    arg === '-' ? /^(?:-f|--filename)$/.test(args[index - 1] ?? '') : /^(?:-f=?|--filename=)-$/.test(arg),
  );
}
