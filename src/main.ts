import { registerApp } from './app';
import { readSettings } from './config/settings';
import { createServices } from './services';

/** The entry of the function app, and the only file with side effects on import. */
registerApp(createServices(readSettings()));
