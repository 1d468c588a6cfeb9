import { faultsOfTheWire } from './faults-of-the-wire';

faultsOfTheWire();
