import type { ProbePoint } from '../../embedded/engine/options';
import type { World } from './world';

/** A place in the course of a run: the n-th time that the engine passes a point. */
export interface Position {
  readonly point: ProbePoint;
  readonly hit: number;
}

/** Around activities and episodes; not inside a transaction of the engine. */
export const places = ['activity-starting', 'activity-returned', 'episode-loaded', 'episode-committed'] as const;

/** Makes a world whose run is to be interfered with; it is started by who asked for it. */
export type Scenario = () => Promise<World>;

/** Every position that a run of the scenario passes, in the order of the points, with the polls done by then. */
export async function positionsOf(scenario: Scenario, points: readonly ProbePoint[]): Promise<PassedPosition[]> {
  const world = await scenario();
  const passed: PassedPosition[] = [];
  for (const point of points) {
    let hit = 0;
    world.host.at(
      point,
      () => void passed.push({ point, hit: hit++, polls: world.callsOf('pollStoreSubmission').length }),
    );
  }
  await world.publish();
  world.close();
  return passed;
}

export interface PassedPosition extends Position {
  readonly polls: number;
}

/** Runs the scenario to its end and does something at one position on the way. */
export async function interfere(
  scenario: Scenario,
  { point, hit }: Position,
  action: (world: World) => void,
): Promise<World> {
  const world = await scenario();
  let passed = 0;
  world.host.at(point, () => {
    if (passed++ === hit) action(world);
  });
  await world.publish();
  return world;
}
