-- hera_internal.check_import_document: refuse what hera_integration_export_v1 has not made.  Errors: PT400 document.invalid.
create or replace function hera_internal.check_import_document(p_document jsonb)
returns void
language plpgsql
as $$
begin
  if p_document ->> 'format' is distinct from 'hera.integrations.v1'
    or jsonb_typeof(p_document -> 'organizations') is distinct from 'array'
    or jsonb_array_length(p_document -> 'organizations') = 0
    or exists (
      select from jsonb_array_elements(p_document -> 'organizations') o
      where jsonb_typeof(o -> 'installations') is distinct from 'array' or jsonb_typeof(o -> 'webhooks') is distinct from 'array'
        or jsonb_typeof(o -> 'definitions') is distinct from 'array' or jsonb_typeof(o -> 'assignments') is distinct from 'array'
        or exists (
          select from jsonb_array_elements((o -> 'installations') || (o -> 'webhooks')) i
          where i ->> 'id' is null or jsonb_typeof(i -> 'secrets') is distinct from 'array')
        or exists (
          select from jsonb_array_elements(o -> 'installations') i
          where jsonb_typeof(i -> 'fields') is distinct from 'object' or hera_internal.smart_code_ok(i ->> 'smart_code') is not true
            or coalesce(i ->> 'status', '') not in ('active', 'pending_auth', 'paused', 'error', 'reauth_required', 'inactive')
            or exists (
              select from jsonb_each(i -> 'fields') f
              where coalesce(f.value ->> 'type', '') not in ('text', 'number', 'boolean', 'date', 'json')
                or hera_internal.smart_code_ok(f.value ->> 'smart_code') is not true))) then
    perform hera_internal.fail(400, 'document.invalid', 'The document is not one of hera_integration_export_v1.',
      'Pass its answer as it was, format hera.integrations.v1.');
  end if;
end
$$;
comment on function hera_internal.check_import_document(jsonb) is 'Raises unless the document has the form of a backup.';
