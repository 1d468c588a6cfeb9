import { genres, kinectData } from '../words';
import { demandAdvancedListing } from './place';
import { asList, isObject } from '../../json-value';
import { count, flag, object, word, wordList } from './shape';
import type { Shape } from './shape';

const item = object({
  genres: wordList(genres),
  isLocalMultiplayer: flag,
  isLocalCooperative: flag,
  isOnlineMultiplayer: flag,
  isOnlineCooperative: flag,
  localMultiplayerMinPlayers: count,
  localMultiplayerMaxPlayers: count,
  localCooperativeMinPlayers: count,
  localCooperativeMaxPlayers: count,
  isBroadcastingPrivilegeGranted: flag,
  isCrossPlayEnabled: flag,
  kinectDataForExternal: word(kinectData),
});

const fresh = {
  genres: [],
  isLocalMultiplayer: false,
  isLocalCooperative: false,
  isOnlineMultiplayer: false,
  isOnlineCooperative: false,
  isBroadcastingPrivilegeGranted: false,
  isCrossPlayEnabled: false,
  kinectDataForExternal: 'NotSet',
};

/** A list of none or one in the API, one object here. */
export const gamingOptions: Shape = {
  exported: (stored) => {
    const [first] = asList(stored);
    return isObject(first) ? item.exported(first) : undefined;
  },
  patched: (stored, patch, at) => {
    const [first, ...more] = asList(stored);
    if (patch === null) return asList(stored).length === 0 ? stored : [];
    const after = item.patched(isObject(first) ? first : fresh, patch, at);
    if (after === first) return stored;
    demandAdvancedListing(at, 'gaming options');
    return [after, ...more];
  },
};
