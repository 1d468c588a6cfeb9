import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './project-root';

/** Puts what the emulator's page is made of beside the compiled emulator: the compiler leaves it where it is. */
const project = projectRoot();
cpSync(join(project, 'emulator/page/browser'), join(project, 'dist/emulator/page/browser'), {
  recursive: true,
  filter: (source) => !source.endsWith('.json'),
});
