-- Content of the exercise versions that attempts began with: each file once, compressed, in pieces.
create table content_files (
  hash bytea primary key check (octet_length(hash) = 32),
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
  path text not null check (length(path) between 1 and 1000),
  file_hash bytea not null references content_files (hash),
  primary key (exercise_slug, exercise_version, path)
);
create index version_files_by_file on version_files (file_hash);
