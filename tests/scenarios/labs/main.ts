// Prints the labs on stale context, each with the wrong and the right trace: `node tests/scenarios/labs/main.ts`.
import { drawTraces } from './draw.ts';
import { staleContextLabs } from './stale-context.ts';

for (const { title, explanation, wrong, right } of staleContextLabs) {
  console.log(`${title}\n${explanation}\n`);
  console.log(
    `  wrong\n${drawTraces(await wrong(), '    ')}\n  right\n${drawTraces(await right(), '    ')}\n`,
  );
}
