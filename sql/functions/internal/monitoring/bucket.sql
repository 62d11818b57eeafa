-- hera_internal.bucket: the bucket of a duration: 0 up to 1 ms, then k up to 2^(k/4) ms.
create or replace function hera_internal.bucket(p_ms float8)
returns smallint
language sql
immutable parallel safe
return ceil(4 * ln(greatest(p_ms, 1)) / ln(2::float8))::smallint;
grant execute on function hera_internal.bucket(float8) to hera_worker_owner, hera_view;
comment on function hera_internal.bucket(float8) is 'The histogram bucket of a duration in milliseconds.';
