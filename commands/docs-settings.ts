import { catalogue } from '../src/config/catalogue';
import type { Setting } from '../src/config/setting';

const settings: readonly (readonly [string, Setting<unknown>])[] = Object.entries(catalogue);

/** `docs/settings.md`: every setting with its default. */
export function settingsPage(): string {
  const rows = settings.map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${description.replaceAll('|', '\\|')} | ${value === null || value === '' ? '' : `\`${value}\``} |`,
  );
  return [
    '# Settings',
    '<!-- Made by `npm run docs` from the code: change src/config/catalogue.ts, not this page. -->',
    'All settings are environment variables: application settings of the function app, `Values` of `local.settings.json`. The app refuses to start when one of them has a fault, and names all faults at once. None of them is a secret but a connection string; with `__accountName` not even that is needed.',
    ['| setting | means | default |', '| --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

/** `local.settings.sample.json`: every setting, no secret. */
export function sampleSettings(): object {
  return {
    IsEncrypted: false,
    Values: {
      FUNCTIONS_WORKER_RUNTIME: 'node',
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      ...Object.fromEntries(settings.map(([name, { sample, default: value }]) => [name, sample ?? value ?? ''])),
    },
  };
}
