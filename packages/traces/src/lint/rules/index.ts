import { ruleIds, type RuleId } from '../finding.ts';
import { clock } from './clock.ts';
import { duplicateId } from './duplicate-id.ts';
import { fanOut } from './fan-out.ts';
import { lostContext } from './lost-context.ts';
import { missingLinkTarget } from './missing-link-target.ts';
import { orphan } from './orphan.ts';
import { outlivedProcess } from './outlived-process.ts';
import { rootClient } from './root-client.ts';
import { rootConsumer } from './root-consumer.ts';
import type { Rule } from './rule.ts';
import { severalRoots } from './several-roots.ts';
import { sharedContext } from './shared-context.ts';
import { unbounded } from './unbounded.ts';
import { unconsumed } from './unconsumed.ts';
import { unsampledHalf } from './unsampled-half.ts';
import { wrongParent } from './wrong-parent.ts';
import { wrongTrace } from './wrong-trace.ts';

const byId: Record<RuleId, Rule> = {
  'shared-context': sharedContext,
  'lost-context': lostContext,
  'wrong-trace': wrongTrace,
  'wrong-parent': wrongParent,
  'root-consumer': rootConsumer,
  'root-client': rootClient,
  'unsampled-half': unsampledHalf,
  orphan,
  'several-roots': severalRoots,
  unconsumed,
  'missing-link-target': missingLinkTarget,
  'duplicate-id': duplicateId,
  clock,
  'outlived-process': outlivedProcess,
  unbounded,
  'fan-out': fanOut,
};

/** The rules, the most specific first. To add one, add a file, a row here, and its id in `finding.ts`. */
export const rules: readonly Rule[] = ruleIds.map((id) => byId[id]);

export const ruleOf = (id: RuleId): Rule => byId[id];
