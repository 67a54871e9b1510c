import { parseOptions, type Command, type Output } from './command.ts';
import { drawerOf, drawOptions, drawUsage } from './draw-options.ts';
import { assertThere, readSource, sourceOf, sourceOptions, sourceUsage } from './source.ts';

/** `traces draw` */
export const drawCommand: Command = {
  summary: 'draw traces as text, with one row for each span',
  usage: `Usage: traces draw --jaeger URL --trace ID [--wait 10s]
       traces draw --file spans.json [--trace ID]

Draws traces as text, with one row for each span.

${sourceUsage}
  --wait TIME      with --jaeger, wait at most this long for the trace, until two reads in a row give the same spans;
                   such as 500ms or 10s (default 0)
${drawUsage}
  --help           print this text

If the variable TRACES_TOKEN is set, it is sent to Jaeger as a bearer token, unless the URL has a password.

Exit codes: 0 drawn, 1 no such trace, 2 invalid options or nothing to read.`,
  async run(args: readonly string[], output: Output): Promise<void> {
    const values = parseOptions(args, { ...sourceOptions, ...drawOptions });
    const source = sourceOf(values);
    const draw = drawerOf(values, output);
    const spans = await readSource(source, (found) => assertThere(found, source));
    assertThere(spans, source);
    output.out(draw(spans));
  },
};
