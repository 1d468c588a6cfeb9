/** What the README of the emulator shows, as something to run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const readme = readFileSync(join(__dirname, '../../emulator/README.md'), 'utf8');

/** Fenced blocks of a language, in order. */
export function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

/**
 * All shell blocks as one session, as a reader would type them. A line that says what it prints, behind an arrow, fails
 * the session when it prints something else.
 */
export function session(): string {
  const lines = blocks('sh').join('\n').split('\n');
  const checked = lines.map((line) => {
    const [, command, value] = /^(.*?)\s+# → (.*)$/.exec(line) ?? [];
    if (command === undefined || value === undefined) return line;
    return `printed="$(${command})"; [ "$printed" = ${quoted(value)} ] || { echo ${quoted(command)} printed "$printed" >&2; exit 1; }`;
  });
  return `set -euo pipefail\n${checked.join('\n')}\n`;
}

/** How many lines of the session say what they print. */
export function promises(): number {
  return [...blocks('sh').join('\n').matchAll(/# → /g)].length;
}

/** The shell steps of the pipeline that is written in YAML, in order. */
export function pipelineSteps(yaml: string): string[] {
  return [...yaml.matchAll(/^( *)(?:- )?(?:run|bash): \|\n((?:\1 {2,}.*\n?)+)/gm)].map(([, , text = '']) => {
    const indent = /^ */.exec(text)?.[0].length ?? 0;
    return text
      .split('\n')
      .map((line) => line.slice(indent))
      .join('\n');
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
