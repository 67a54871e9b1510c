/** An example on a page: a program, and the output that the page shows for it. */
export interface Example {
  code: string;
  output: string;
}

/** Returns the JavaScript examples of a Markdown page. Lines such as `// → text` contain the expected output. */
export function examplesIn(page: string): Example[] {
  return Array.from(page.matchAll(/^```js\n([^]*?)^```$/gm), ([, code = '']) => ({
    code,
    output: Array.from(code.matchAll(/^\/\/ → (.*)$/gm), ([, line]) => line).join(' '),
  }));
}
