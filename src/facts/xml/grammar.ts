// The productions of XML 1.0 (fifth edition) that the scanner is made of, as sources of regular expressions.
// Without the `u` flag, which halves the speed: a character beyond the BMP is a pair of surrogates here.
const start =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD';
const beyond = '[\\uD800-\\uDB7F][\\uDC00-\\uDFFF]';

/** Production 3, `S`. */
export const space = '[ \\t\\r\\n]';

/** How many characters a name may have. Without a limit, a hostile name overflows the regular expressions' stack. */
export const maxNameLength = 1000;

/** Production 5, `Name`. */
export const name = `(?:[${start}]|${beyond})(?:[-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040${start}]|${beyond}){0,${maxNameLength - 1}}`;

/** Not production 2, `Char`: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */
export const notChar =
  '[\\0-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]';

/** Production 23, `XMLDecl`. Any 1.x is read as 1.0, as the fifth edition asks. */
export const declaration = `<\\?xml${space}+version${space}*=${space}*(?:'1\\.[0-9]+'|"1\\.[0-9]+")(?:${space}+encoding${space}*=${space}*(?:'[A-Za-z][-\\w.]*'|"[A-Za-z][-\\w.]*"))?(?:${space}+standalone${space}*=${space}*(?:'(?:yes|no)'|"(?:yes|no)"))?${space}*\\?>`;
