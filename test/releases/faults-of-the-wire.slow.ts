import { moreFaultsOfTheWire } from './faults-of-the-wire';

moreFaultsOfTheWire();
