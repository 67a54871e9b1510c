import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../finding.ts';
import type { LintReport } from '../lint.ts';
import { pageOf } from '../page.ts';
import { rules } from '../rules/index.ts';
import { grouped, hopOf } from './report.ts';

const levels: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * Returns the report as SARIF 2.1.0, with one result for each break. A break has no place in a source file. So the spans are logical
 * locations, and the first file that was read, if there is one, is the artifact. Source:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
 */
export function toSarif({ findings, summary: { unreadable } }: LintReport, files: readonly string[]): string {
  return JSON.stringify(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'traces lint',
              informationUri: 'https://opentelemetry.io/docs/specs/semconv/',
              rules: descriptors(),
            },
          },
          invocations: [invocationOf(unreadable)],
          results: grouped(findings).map(({ findings: [first, ...more] }) =>
            resultOf(first, more.length + 1, files),
          ),
        },
      ],
    },
    undefined,
    2,
  );
}

/** What could not be read is not a result, because no rule found it. */
function invocationOf(unreadable: readonly string[]) {
  return {
    executionSuccessful: unreadable.length === 0,
    toolExecutionNotifications: unreadable.map((text) => ({ level: 'error', message: { text } })),
  };
}

function descriptors() {
  return rules.map(({ id, severity, definition, mend, cannotKnow }) => ({
    id,
    shortDescription: { text: definition },
    help: { text: `${mend} What it cannot know: ${cannotKnow} See ${pageOf(id)}.` },
    defaultConfiguration: { level: levels[severity] },
  }));
}

function resultOf(finding: Finding, occurrenceCount: number, files: readonly string[]) {
  const { rule, severity, certainty, evidence, from, to } = finding;
  const [uri] = files;
  const logicalLocations = [from, to].flatMap((end) =>
    end ? [{ name: end.name, fullyQualifiedName: `${end.traceId}/${end.spanId}`, kind: 'span' }] : [],
  );
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: `${hopOf(finding)} (${certainty}). ${evidence.join(' ')}` },
    occurrenceCount,
    locations: [
      {
        logicalLocations,
        ...(uri !== undefined && { physicalLocation: { artifactLocation: { uri: encodeURI(uri) } } }),
      },
    ],
    // Identifies the same break in the next run. Ids differ from run to run, but names don't.
    partialFingerprints: {
      hop: createHash('sha256')
        .update(`${rule}\n${hopOf(finding)}`)
        .digest('hex'),
    },
  };
}
