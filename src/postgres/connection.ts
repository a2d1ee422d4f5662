/** How to reach a PostgreSQL server that Podium may use as its control plane. */

/** A server by address (`DATABASE_URL`), or the embedded one by the path of its socket. */
export type ConnectionOptions =
  | {
      /** `postgres://user:password@host:port/database?sslmode=…` */
      url: string
    }
  | {
      /** The socket itself, for example `/var/lib/podium/run/.s.PGSQL.5432`. */
      socketPath: string
      database: string
      user: string
      password: string | null
    }
