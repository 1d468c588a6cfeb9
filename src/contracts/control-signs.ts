/** Whether a text holds control characters; those in `allowed` do not count. */
export function hasControl(text: string, allowed = ''): boolean {
  return [...text].some((sign) => (sign < ' ' && !allowed.includes(sign)) || sign === '\u007f');
}

/** What a text of several lines may hold of them. */
export const lineSigns = '\n\r\t';
