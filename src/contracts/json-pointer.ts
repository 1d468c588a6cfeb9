export { jsonPointer } from '../domain/json-pointer';
