-- hera_internal.bucket_ms: the middle of a bucket of hera_internal.bucket, in milliseconds; within 10 % of everything in it.
create or replace function hera_internal.bucket_ms(p_bucket smallint)
returns numeric
language sql
immutable parallel safe
return case p_bucket when 0 then 1 else round(power(2::float8, (p_bucket - 0.5) / 4)::numeric, 1) end;
grant execute on function hera_internal.bucket_ms(smallint) to hera_worker_owner, hera_view, hera_dba, hera_reader;
comment on function hera_internal.bucket_ms(smallint) is 'The duration in milliseconds that a histogram bucket stands for.';
