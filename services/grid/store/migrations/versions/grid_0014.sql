-- Posts that do nothing more in a case (回避), as intake records them.
alter table followed_case add column recused_posts text[] collate "C" not null default '{}';
