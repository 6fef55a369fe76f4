-- Why: Strapi makes pictures smaller and drops what the camera noted about them, also which side is up; a photo taken with
-- a phone held upright then lies on its side. With `autoOrientation` the pixels are turned first. Strapi adds its other
-- settings to what it finds here; an administrator may change them all later.
-- check before: to_regclass('public.strapi_core_store_settings') IS NOT NULL
-- check after: (SELECT count(*) = 1 AND bool_and((value::jsonb ->> 'autoOrientation')::boolean) FROM public.strapi_core_store_settings WHERE key = 'plugin_upload_settings')

UPDATE public.strapi_core_store_settings SET value = (value::jsonb || '{"autoOrientation": true}')::text
WHERE key = 'plugin_upload_settings';

INSERT INTO public.strapi_core_store_settings (key, value, type)
SELECT 'plugin_upload_settings', '{"autoOrientation": true}', 'object'
WHERE NOT EXISTS (SELECT 1 FROM public.strapi_core_store_settings WHERE key = 'plugin_upload_settings');
