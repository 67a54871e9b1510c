/** A change to a source file while Tilt runs. */
export interface Edit {
  path: string;
  old: string;
  replacement: string;
}

export const EDITED = 'edited while it runs';

/** The edits of the test on a cluster. A test that needs no cluster checks that the sources still contain the old text. */
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
