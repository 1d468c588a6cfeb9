import { z } from 'zod';
import { json, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { AddOn, Application } from '../../core/model';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import type { World } from '../../core/world';
import { authorize, type Caller } from '../access';
import { readObject } from '../body';
import { canonicalNames } from '../document/canonical-names';
import { refusalFor } from '../document/literals';
import { forbidden, invalidState, invalidValue, unsupportedFeature } from '../errors';
import { renderAddOn } from '../render/add-on';

const FORBIDDEN = /[<>*%&:\\?+,]/;

const CreateAddOn = z.object({
  applicationIds: z.array(z.string()).min(1).max(1),
  productId: z.string().min(1).max(100),
  productType: z.enum(['Durable', 'Consumable']),
});

/**
 * `POST inappproducts` (R40). *Documented*: one application, a product id that is new to it, two types; 201 with the
 * add-on, which has no submission yet. *Assumed*: wordings; a product id that is taken answers 409; ids of products are
 * compared with their case.
 */
export function createAddOn(services: Services): Operation {
  return {
    name: 'createAddOn',
    surface: 'store',
    method: 'POST',
    path: '/v1.0/my/inappproducts',
    run: (call) => create(services, call),
  };
}

function create(services: Services, call: Call): Answer {
  const caller = authorize(services, call);
  const { world } = services;
  const parsed = CreateAddOn.safeParse(canonicalNames(readObject(call) ?? {}));
  if (!parsed.success) throw refusalFor(parsed.error);
  const { applicationIds, productId, productType } = parsed.data;
  if (FORBIDDEN.test(productId)) throw invalidValue('The value of ProductId is not valid', 'productId');
  const application = findOwner(services, caller, applicationIds[0] ?? '');
  const isTaken = [...world.addOns.values()].some(
    (other) => other.application === application.id && other.productId === productId,
  );
  if (isTaken) throw invalidState(`An in-app product with the product ID ${productId} already exists`, 'productId');
  const addOn: AddOn = {
    id: newId(world),
    application: application.id,
    productId,
    productType,
    unsupportedFeatures: false,
    lastNumber: 0,
  };
  world.addOns.set(addOn.id, addOn);
  call.facts.addOn = addOn.id;
  return json(201, renderAddOn(addOn, world.settings.switches));
}

/** *Assumed*: an application that does not exist makes the request invalid. */
function findOwner({ world }: Services, { account }: Caller, id: string): Application {
  const application = world.applications.get(id.toUpperCase());
  if (!application) throw invalidValue(`The application ${id} does not exist`, 'applicationIds');
  if (application.account !== account) throw forbidden();
  if (application.unsupportedFeatures) throw unsupportedFeature();
  return application;
}

/** A Store ID that no add-on has. */
function newId(world: World): string {
  const id = `9NADDON${String(++world.counters.addOn).padStart(5, '0')}`;
  return world.addOns.has(id) ? newId(world) : id;
}
