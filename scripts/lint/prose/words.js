/** Patterns for words that this project avoids, each with a replacement. AGENTS.md lists the preferred words. */
const WORDS = [
  [/\banew\b/i, 'again'],
  [/\bnobody\b/i, 'no one, or name what is missing'],
  [/\bat the most\b/i, 'at most'],
  [/\b(?:tells?|telling|told)\b(?! apart)/i, 'report, say, show, or pass'],
  [
    /(?<!\bthere\s+)\b(?:is|are|was|were) no (?!longer\b|more\b|different\b|such\b|one\b|exception\b)[a-z]/i,
    'is not a, or has no',
  ],
  [/\bdoors?\b/i, 'public endpoint, or trust boundary'],
  // Allows the shell's command of this name, which is followed by a quoted text.
  [/\btraps?\b(?! ['"])/i, 'pitfall, or misuse'],
  [/(?:^|[.;:] )Who [a-z]+s\b(?=[^?]*$)/, 'A caller that, or whatever the role is'],
  [/\bwhoever\b/i, 'the caller, or whatever the role is'],
  [/\btravell(?:s|ed|ing)\b/i, 'traveled, in American spelling'],
  [/\bin vain\b/i, 'without a result'],
  [/\bcomes? to an end\b|\bcame to an end\b/i, 'ends'],
];

/** Returns a message for each pattern that matches: the word that was found, and what to write instead. */
export function wrongWords(text) {
  return WORDS.flatMap(([pattern, instead]) => {
    const found = pattern.exec(text);
    return found ? [`"${found[0].trim()}": write ${instead}.`] : [];
  });
}
