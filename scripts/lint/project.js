import { prose } from './prose/rule.js';
import { walls } from './walls.js';

/** Rules of this project alone. */
export default {
  meta: { name: 'project' },
  rules: {
    // oxlint has no rule of its own for `export *`: an index must name what a package offers, so that a reader can.
    'no-export-all': {
      create: (context) => ({
        ExportAllDeclaration(node) {
          context.report({ node, message: '`export *` hides what this module offers: name each export.' });
        },
      }),
    },
    prose,
    walls,
  },
};
