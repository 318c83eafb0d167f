import { Duration } from 'cdk8s';
import { CookieLifetime, SessionPersistence } from 'cdk8s-mesh';

/** sessionPersistence of rules, of XBackends and of XBackendTrafficPolicies. */
export const SESSIONS: { [name: string]: SessionPersistence } = {
  // sessionPersistence.type: Cookie, cookie.name, cookie.path, cookie.lifetimeType: Session
  'session-persistence-cookie': SessionPersistence.cookie({ name: 'basket', path: '/basket', lifetime: CookieLifetime.SESSION }),

  // sessionPersistence.absoluteTimeout, cookie.lifetimeType: Permanent
  'session-persistence-permanent-cookie': SessionPersistence.cookie({
    name: 'device',
    lifetime: CookieLifetime.PERMANENT,
    absoluteTimeout: Duration.days(30),
  }),

  // sessionPersistence.type: Header, header.name
  'session-persistence-header': SessionPersistence.header('x-session-id', { absoluteTimeout: Duration.hours(1) }),
};
