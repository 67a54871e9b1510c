import { httpApi } from './http/http-api.ts';
import { apiReports } from './api-report.ts';
import type { Page } from './page.ts';
import { lintRules } from './lint-rules.ts';
import { manifests } from './manifests/manifests.ts';
import { findingsReadme } from './findings/findings-readme.ts';
import { surprises } from './findings/surprises.ts';
import { propagationApi } from './propagation-api.ts';
import { propagatorTable } from './propagators.ts';
import { spansAndAttributes } from './telemetry/spans-and-attributes.ts';
import { environmentVariables } from './variables/environment-variables.ts';

/** All pages and manifests that are generated from the code. To add one, add it here. */
export const PAGES: readonly Page[] = [
  environmentVariables,
  httpApi,
  spansAndAttributes,
  propagationApi,
  ...apiReports,
  propagatorTable,
  surprises,
  findingsReadme,
  lintRules,
  ...manifests,
];
