-- Villages; every filter is a plain typed column, so that row-level security lets the indexes work.
create table village_board (
    division_code text collate "C" not null,
    village_id    text collate "C" not null,
    village_code  text collate "C" not null,
    village_kind  text collate "C" not null,
    valid_from    date not null,
    last_day      date,
    ended_how     text collate "C",
    successors    text[] collate "C" not null,
    version       integer not null,
    primary key (division_code, village_id),
    unique (division_code, village_code)
);

-- Grids.
create table grid_board (
    division_code   text collate "C" not null,
    grid_id         text collate "C" not null,
    grid_code       text collate "C" not null,
    village_code    text collate "C" not null,
    grid_kind       text collate "C" not null,
    within          text collate "C",
    boundary_digest text collate "C",
    valid_from      date not null,
    last_day        date,
    ended_how       text collate "C",
    successors      text[] collate "C" not null,
    version         integer not null,
    primary key (division_code, grid_id),
    unique (division_code, grid_code)
);

-- What villages and grids are called; told nowhere else, since no event says it.
create table place_name (
    division_code text collate "C" not null,
    code          text collate "C" not null,
    name          text collate "C" not null,
    primary key (division_code, code)
);

-- Boundaries as they were drawn, found by the digest in the grid's events.
create table grid_boundary (
    division_code text collate "C" not null,
    grid_id       text collate "C" not null,
    digest        text collate "C" not null,
    geojson       text collate "C" not null,
    primary key (division_code, grid_id, digest)
);

-- Workers.
create table grid_worker_board (
    division_code text collate "C" not null,
    worker_id     text collate "C" not null,
    person_ref    text collate "C" not null,
    employment    text collate "C" not null,
    since         date not null,
    last_day      date,
    version       integer not null,
    primary key (division_code, worker_id)
);

-- As which post a worker logs in; told nowhere else, since no event says it.
create table grid_worker_post (
    division_code text collate "C" not null,
    worker_id     text collate "C" not null,
    post          text collate "C" not null,
    primary key (division_code, worker_id)
);
create index grid_worker_post_by_post on grid_worker_post (division_code, post);

-- Who serves which grid: a worker of two grids has a row in each.
create table grid_assignment (
    division_code text collate "C" not null,
    assignment_id text collate "C" not null,
    grid_id       text collate "C" not null,
    grid_code     text collate "C" not null,
    worker_id     text collate "C" not null,
    duty          text collate "C" not null,
    first_day     date not null,
    last_day      date,
    primary key (division_code, grid_id, assignment_id)
);
create index grid_assignment_by_worker on grid_assignment (division_code, worker_id);

select concord_protect('village_board', 'select, insert, update');
select concord_protect('grid_board', 'select, insert, update');
select concord_protect('place_name', 'select, insert');
select concord_protect('grid_boundary', 'select, insert');
select concord_protect('grid_worker_board', 'select, insert, update');
select concord_protect('grid_worker_post', 'select, insert, update');
select concord_protect('grid_assignment', 'select, insert, update');
