import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIRST = `# 1. A page for the tests

Every construct that a page of the tutorial has, with [a link within](#a-table), [one to the next page](2-document-carrier.md#there)
and [one to what is not served](../README.md).

![A picture of eight by four pixels](../images/dots.png)

## A table

| what | so  |
| ---- | --- |
| \`a\`  | 1   |

1. first
2. second

\`\`\`sh needs nothing
echo a line that is much longer than any page is wide, so that it has to be scrolled sideways, by the keyboard as well as by the wheel
\`\`\`

<script>document.title = 'broken'</script>

And <img src="x" onerror="document.title = 'broken'"> in a line, [a link that runs code](javascript:document.title='broken').
`;
const SECOND = '# 2. The last page\n\n## There\n\nNothing more.\n';
const DOTS =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAECAIAAAA8r+mnAAAAQElEQVR4nBXIQREAMAzDMCMpkiAZEiMpkiAZot30FOBg8KC4WLwIcWLiicaNjTeCzh+P32r1KtSpqaf/trbe+gCKLidhrW0SaAAAAABJRU5ErkJggg==';

/** Writes a tutorial of two pages, the first of them with hostile content. Returns the new folder. */
export function writeDocuments(): string {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  mkdirSync(join(folder, 'tutorial'));
  mkdirSync(join(folder, 'images'));
  writeFileSync(join(folder, 'tutorial/1-joined-trace.md'), FIRST);
  writeFileSync(join(folder, 'tutorial/2-document-carrier.md'), SECOND);
  writeFileSync(join(folder, 'images/dots.png'), Buffer.from(DOTS, 'base64'));
  return folder;
}
