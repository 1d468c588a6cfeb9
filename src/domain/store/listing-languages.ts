import { isLanguageCode } from '../language-code';

/** Languages that listings of the Store can be in. */
const languages: ReadonlySet<string> = new Set(
  `
af am ar as az be bg bn bs ca chr cs cy da de el en es et eu fa fi fil fr frc frp ga gd gl gu ha he hi hr hu
hy id ig is it iu ja ka kk km kn ko kok ku ky lb lo lt lv mi mk ml mn mr ms mt nb ne nl nn no nso or pa pl prs
pt quc qut quz ro ru rw sd si sk sl sq sr sv sw ta te tg th ti tk tn tr tt ug uk ur uz vi wo xh yo zh zu
`
    .trim()
    .split(/\s+/),
);

/**
 * Whether the Store may have listings under this code, compared without case: a well-formed code (BCP 47) of a language
 * that the Store has. Regions are left to the Store: it adds some now and then.
 */
export function isListingLanguage(code: string): boolean {
  const lower = code.toLowerCase();
  return isLanguageCode(lower) && languages.has(lower.replace(/-.*/, ''));
}
