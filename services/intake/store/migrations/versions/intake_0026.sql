-- The units of its division that a post is in charge of: it sees no complaint about them.
alter table post_board add column portfolio_units text[];
