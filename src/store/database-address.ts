/** Tells people why the PostgreSQL of `DATABASE_URL` does not serve, and the mend. Its password is never told. */
import { Failure } from '../failure.ts'

/** A `Failure` for what a person can mend; any other error comes back as it is. */
export function explainDatabaseAddress(error: unknown, address: string): unknown {
  if (error instanceof Failure || !(error instanceof Error) || !('code' in error)) return error
  const explain = explanations[String(error.code)]
  if (explain === undefined) return error
  const { hostname, port, username, pathname } = new URL(address)
  const place = { host: `${hostname || 'localhost'}:${port || 5432}`, user: username, database: pathname.slice(1) }
  return new Failure('unavailable', `${explain(place)} Podium was told of it by DATABASE_URL.`, {
    code: 'database_address',
    cause: error,
  })
}

type Explain = (place: { host: string; user: string; database: string }) => string

const silent: Explain = ({ host }) => `No PostgreSQL answers at ${host}. Start it, or mend the address.`
const unknownHost: Explain = ({ host }) => `There is no machine of the name in ${host}. Mend the address.`
const refused: Explain = ({ host, user }) =>
  `The PostgreSQL at ${host} does not let ${user || 'this user'} in. Mend user and password, or its pg_hba.conf.`

const explanations: Record<string, Explain> = {
  ECONNREFUSED: silent,
  ECONNRESET: silent,
  EHOSTUNREACH: silent,
  ENETUNREACH: silent,
  ETIMEDOUT: silent,
  CONNECT_TIMEOUT: silent,
  CONNECTION_CLOSED: silent,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  '28000': refused,
  '28P01': refused,
  '3D000': ({ host, database }) =>
    `The PostgreSQL at ${host} has no database ${JSON.stringify(database)}. Create it, or mend the address.`,
  '42501': ({ user, database }) =>
    `${user || 'The user'} may not make tables in the database ${JSON.stringify(database)}. Make them its owner.`,
}
