import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { areGood, compare, readLabels, score, type Verdict } from './labels.ts';
import { lint } from './lint.ts';
import { programsInPlace, record } from './record.ts';
import { readRecording, recordings, shapeOf, spansOf } from './recordings.ts';
import { SYSTEMS } from './systems.ts';

const all = recordings();
const scratch = await mkdtemp(join(tmpdir(), 'foreign-test-'));
after(() => rm(scratch, { recursive: true, force: true }));

/** The systems that each run plays. The nightly run plays the others. */
const PLAYED = ['agenda', 'child-process'];

for (const system of SYSTEMS.filter(({ name }) => PLAYED.includes(name))) {
  test(`${system.name} still leaves what was recorded`, { timeout: 600_000 }, async () => {
    const verdicts: Verdict[] = [];
    for await (const { name, lines } of record(system, programsInPlace)) {
      const recorded = all.find((recording) => recording.system === system.name && recording.name === name);
      assert.ok(recorded, `${name} has no recording`);
      const shape = shapeOf(spansOf(await readRecording(recorded.path)));
      assert.deepEqual(shapeOf(spansOf(lines)), shape, name);
      const file = join(scratch, `${system.name}.${name}.jsonl`);
      await writeFile(file, lines);
      verdicts.push(compare(await lint(file), await readLabels(recorded.labelsPath)));
    }
    assert.ok(areGood(verdicts), JSON.stringify(score(verdicts)));
  });
}
