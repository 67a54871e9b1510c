/**
 * Returns the comments of YAML, shell, Dockerfile, and Tiltfile, each with the number of its first line. Consecutive lines of `#`
 * are one text. An empty line of `#` ends it, and so does an indented one, which is a command or a sample.
 */
export function hashComments(source) {
  const found = [];
  let last;
  for (const [index, line] of source.split('\n').entries()) {
    const text = /^\s*# ?(?=[^\s!#])(.*)$/.exec(line)?.[1];
    if (text === undefined) last = undefined;
    else if (last) last.text += `\n${text}`;
    else found.push((last = { line: index + 1, text }));
  }
  return found;
}
