/** A change of a source while Tilt runs. */
export interface Edit {
  path: string;
  old: string;
  replacement: string;
}

export const EDITED = 'edited while it runs';

/** What the test on a cluster edits; the part that needs none holds it against the sources, which move. */
export const EDITS = {
  writer: {
    path: 'services/writer/api.ts',
    old: "'Place an order'",
    replacement: `'Place an order, ${EDITED}'`,
  },
  style: { path: 'services/playground/browser/styles/base.css', old: '', replacement: `/* ${EDITED} */\n` },
  job: {
    path: 'services/report-job/main.ts',
    old: 'const config =',
    replacement: `console.log('${EDITED}');\nconst config =`,
  },
} satisfies Record<string, Edit>;
