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
