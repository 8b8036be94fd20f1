/** What a system promises: the specification, without what needs a capability that it lacks, and with its own profile. */
import { plainProfile } from '../../model/profiles/profile.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Profile, SystemPlugin } from './plugin.ts';

/** Whoever lacks the capability promises this in the place of the specification. */
const promisedWithout: Partial<Readonly<Record<Capability, Partial<Profile>>>> = {
  heartbeats: { hasNoHeartbeat: true },
  sharingShown: { showsNoGroups: true },
};

/** `lenient` names the suppressions that a script asks for; one that the system does not know means nothing to it. */
export function profileOf(plugin: SystemPlugin, lenient: readonly string[]): Profile {
  const lacking = Object.entries(promisedWithout).flatMap(([name, promised]) =>
    plugin.capabilities.some((capability) => capability === name) ? [] : [promised],
  );
  const passedOver = lenient.map((name) => plugin.suppressions?.[name] ?? {});
  let profile: Profile = plainProfile;
  for (const promised of [...lacking, plugin.profile ?? {}, ...passedOver]) profile = { ...profile, ...promised };
  return profile;
}
