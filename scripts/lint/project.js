import { prose } from './prose/rule.js';
import { walls } from './walls.js';

/** Lint rules of this project. */
export default {
  meta: { name: 'project' },
  rules: {
    // oxlint has no rule against `export *`. Readers should see in a package's index what the package exports.
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
