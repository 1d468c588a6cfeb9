const wellFormed = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z0-9]{5,8})*$/;

/** Whether a lower-case text is built as a language code (BCP 47) that listings can have: `en`, `en-us`, `zh-hans`. */
export function isLanguageCode(code: string): boolean {
  return wellFormed.test(code);
}
