import { NotWritable, required, word } from './not-writable';
import { duration, Json } from './references';
import { CookieLifetime, SessionPersistence } from '../../../src';

/** Of the shape of 1.7: `sessionName` and `cookieConfig` of 1.6 are gone. */
export function sessionPersistence({ type = 'Cookie', absoluteTimeout, cookie, header }: Json): SessionPersistence {
  switch (type) {
    case 'Cookie': {
      const { name, path, lifetimeType } = required<Json>(cookie, 'cookie');
      return SessionPersistence.cookie({ name, path, lifetime: word(CookieLifetime, lifetimeType, 'lifetimeType'), absoluteTimeout: duration(absoluteTimeout) });
    }
    case 'Header':
      return SessionPersistence.header(required<Json>(header, 'header').name, { absoluteTimeout: duration(absoluteTimeout) });
    default:
      throw new NotWritable(`no session persistence of type ${type}`);
  }
}
