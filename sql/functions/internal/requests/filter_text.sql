-- hera_internal.filter_text: what a filter makes of the text of a placeholder, {{input.text|escape_linkedin}}.
--   escape_linkedin   \ before each sign that means something in LinkedIn's little text format: it cuts the text there else
--   urn_id            what follows the last colon: the id in urn:li:leadGenFormResponse:id
--   base64            of the UTF-8 bytes
-- Errors: PT400 request.filter.
create or replace function hera_internal.filter_text(p_text text, p_filter text)
returns text
language plpgsql
immutable
as $$
begin
  case p_filter
    when '' then
      return p_text;
    when 'escape_linkedin' then
      return regexp_replace(p_text, '([|{}@()<>#*_~\[\]\\])', '\\\1', 'g');
    when 'urn_id' then
      return substring(p_text from '[^:]*$');
    when 'base64' then
      return translate(encode(convert_to(p_text, 'UTF8'), 'base64'), E'\n', '');
    else
      perform hera_internal.fail(400, 'request.filter', format('There is no filter %s.', p_filter), 'Known are escape_linkedin, urn_id, base64.');
      return null;
  end case;
end
$$;
comment on function hera_internal.filter_text(text, text) is 'The text of a placeholder after its filter.';
