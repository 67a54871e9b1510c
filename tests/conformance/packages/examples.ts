/** An example of a page: a program, and what it says that the program prints. */
export interface Example {
  code: string;
  output: string;
}

/** Gives the JavaScript examples of a Markdown page; a line `// → text` says what is printed. */
export function examplesIn(page: string): Example[] {
  return Array.from(page.matchAll(/^```js\n([^]*?)^```$/gm), ([, code = '']) => ({
    code,
    output: Array.from(code.matchAll(/^\/\/ → (.*)$/gm), ([, line]) => line).join(' '),
  }));
}
