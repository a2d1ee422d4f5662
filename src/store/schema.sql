-- The control plane as it is now, for reading. A test compares it with what the migrations make of an empty database;
-- whoever adds a migration brings this page up to date.

-- Which migrations have run.
create table schema_migrations (
  version integer primary key check (version > 0),
  name text not null,
  hash text not null,
  applied_at timestamptz(3) not null default now()
);

-- People, what they are let in with, and what they made. Every time is UTC with milliseconds.

create table users (
  id uuid primary key,
  role text not null check (role in ('guest', 'learner', 'author', 'admin')),
  name text check (length(name) between 2 and 40),
  -- The name as it is compared: normalised and in lower case.
  name_key text unique,
  display_name text check (length(display_name) between 1 and 80),
  email text check (length(email) <= 254),
  email_key text unique,
  password_hash text,
  is_listed boolean not null default true,
  created_at timestamptz(3) not null default now(),
  last_seen_at timestamptz(3) not null default now(),
  constraint users_guest_has_no_name check ((role = 'guest') = (name is null)),
  constraint users_name_has_key check ((name is null) = (name_key is null)),
  constraint users_email_has_key check ((email is null) = (email_key is null)),
  constraint users_guest_has_no_password check (role <> 'guest' or password_hash is null)
);
create index users_guests_by_last_seen on users (last_seen_at) where role = 'guest';
create index users_by_role on users (role) where role in ('author', 'admin');

-- A signed-in (or guest) browser. Only the hash of its cookie is here.
create table sessions (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  user_agent text not null default '' check (length(user_agent) <= 300),
  address text not null default '' check (length(address) <= 64),
  created_at timestamptz(3) not null,
  last_seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  constraint sessions_end_after_beginning check (expires_at > created_at)
);
create index sessions_by_user on sessions (user_id);
create index sessions_by_end on sessions (expires_at);

-- Personal API tokens.
create table tokens (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  label text not null check (length(label) between 1 and 80),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  -- How it begins, so that its owner can tell which one it is.
  beginning text not null check (length(beginning) <= 12),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  last_used_at timestamptz(3),
  constraint tokens_end_after_beginning check (expires_at > created_at)
);
create index tokens_by_user on tokens (user_id);

-- Links that work once: to become the first administrator, or to choose a new password.
create table links (
  id uuid primary key,
  purpose text not null check (purpose in ('admin', 'password')),
  user_id uuid references users (id) on delete cascade,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  used_at timestamptz(3),
  constraint links_end_after_beginning check (expires_at > created_at),
  constraint links_password_names_user check ((purpose = 'password') = (user_id is not null))
);
create index links_by_user on links (user_id);

-- One user's work on one version of one exercise.
create table attempts (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  exercise_slug text not null check (length(exercise_slug) between 1 and 200),
  exercise_version text not null check (length(exercise_version) between 1 and 128),
  outcome text not null default 'opened' check (outcome in ('opened', 'tried', 'nearly', 'accepted')),
  accepted_at timestamptz(3),
  hints_shown integer not null default 0 check (hints_shown >= 0),
  -- Hints shown before the first accepted answer: those that cost points.
  hints_counted integer not null default 0 check (hints_counted between 0 and hints_shown),
  solution_shown_at timestamptz(3),
  draft_version integer not null default 0 check (draft_version >= 0),
  events_written integer not null default 0 check (events_written >= 0),
  events_kept integer not null default 0 check (events_kept between 0 and events_written),
  event_bytes bigint not null default 0 check (event_bytes >= 0),
  created_at timestamptz(3) not null default now(),
  last_active_at timestamptz(3) not null default now(),
  -- The most that an answer was worth, from 0 to 1, and when the first of these was handed in. It never falls.
  best_score double precision not null default 0 check (best_score between 0 and 1),
  best_at timestamptz(3),
  unique (user_id, exercise_slug, exercise_version),
  constraint attempts_accepted_has_time check ((outcome = 'accepted') = (accepted_at is not null)),
  constraint attempts_accepted_has_all check ((outcome = 'accepted') = (best_score = 1)),
  constraint attempts_score_has_time check ((best_score > 0) = (best_at is not null))
);
create index attempts_by_acceptance on attempts (exercise_slug, accepted_at) where outcome = 'accepted';

-- The content of exercise versions that attempts began with, so that they keep it after the folder has changed or gone.
-- A version is a set of files; each file is kept once, compressed (zstd), in pieces that a backup can carry.
create table content_files (
  -- SHA-256 of the file.
  hash bytea primary key check (octet_length(hash) = 32),
  -- Its length before compression.
  bytes integer not null check (bytes >= 0)
);
create table content_pieces (
  file_hash bytea not null references content_files (hash) on delete cascade,
  piece integer not null check (piece >= 0),
  content bytea not null check (octet_length(content) between 1 and 262144),
  primary key (file_hash, piece)
);
create table version_files (
  exercise_slug text not null check (length(exercise_slug) between 1 and 200),
  exercise_version text not null check (length(exercise_version) between 1 and 128),
  -- Below the root of the content, as the catalogue reads it.
  path text not null check (length(path) between 1 and 1000),
  file_hash bytea not null references content_files (hash),
  primary key (exercise_slug, exercise_version, path)
);
create index version_files_by_file on version_files (file_hash);

-- What was in the editor, version by version.
create table drafts (
  attempt_id uuid not null references attempts (id) on delete cascade,
  version integer not null check (version > 0),
  text text not null check (octet_length(text) <= 262144),
  saved_at timestamptz(3) not null default now(),
  primary key (attempt_id, version)
);

-- Everything that happened in an attempt, in order. A row is never changed, but an old result may be let go.
create table events (
  attempt_id uuid not null references attempts (id) on delete cascade,
  position integer not null check (position > 0),
  kind text not null check (kind ~ '^[a-z_]{2,40}$'),
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  result jsonb check (octet_length(result::text) <= 65536),
  -- What the event counts toward the attempt's limit.
  payload_bytes integer not null check (payload_bytes >= 0),
  result_bytes integer not null default 0 check (result_bytes >= 0),
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (attempt_id, position),
  constraint events_result_is_counted check ((result is null) = (result_bytes = 0))
);

-- Answers that were handed in: stored before they are graded, graded once.
create table submissions (
  id uuid primary key,
  attempt_id uuid not null references attempts (id) on delete cascade,
  text text not null check (octet_length(text) <= 262144),
  submitted_at timestamptz(3) not null default now(),
  verdict_kind text check (verdict_kind in ('accepted', 'wrong_answer', 'time_limit', 'memory_limit', 'output_limit',
    'runtime_error', 'compile_error', 'internal_error')),
  verdict jsonb check (jsonb_typeof(verdict) = 'object'),
  judged_at timestamptz(3),
  -- What it is worth: 1 where it was accepted; less, but more than 0, where the exercise gives a part for a part.
  score double precision check (score between 0 and 1),
  constraint submissions_verdict_is_whole
    check ((verdict is null) = (judged_at is null) and (verdict is null) = (verdict_kind is null)),
  constraint submissions_judged_has_score check ((verdict is null) = (score is null)),
  constraint submissions_accepted_is_all check ((verdict_kind = 'accepted') = (score = 1))
);
create index submissions_by_attempt on submissions (attempt_id, submitted_at);
create index submissions_to_judge on submissions (submitted_at) where judged_at is null;

-- Who did what that others must be able to look up. Written in the transaction of the act.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  actor_id uuid references users (id) on delete set null,
  action text not null check (action ~ '^[a-z]+(\.[a-z_]+)+$'),
  -- What it was done to: the id of a user, a sandbox, a track. No name, so that nothing of a deleted person stays.
  subject text not null default '' check (length(subject) <= 200),
  detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object')
);
create index audit_by_time on audit (at);
create index audit_by_actor on audit (actor_id);
create index audit_by_subject on audit (subject);

-- Who held which sandbox until when. Written behind, without waiting for the disk: sandboxes are disposable.
create table leases (
  id uuid primary key,
  kind text not null check (length(kind) between 1 and 40),
  sandbox text not null check (length(sandbox) <= 200),
  pod text not null check (length(pod) <= 200),
  image text not null check (length(image) <= 128),
  user_id uuid not null references users (id) on delete cascade,
  address text not null default '' check (length(address) <= 64),
  purpose text not null check (length(purpose) between 1 and 200),
  created_at timestamptz(3) not null,
  renewed_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  ended_at timestamptz(3),
  end_reason text check (end_reason ~ '^[a-z_]{2,40}$'),
  constraint leases_ended_has_reason check ((ended_at is null) = (end_reason is null))
);
create index leases_by_user on leases (user_id);
create index leases_open on leases (created_at) where ended_at is null;
create index leases_by_end on leases (ended_at) where ended_at is not null;
