# Tessera in one image: built once here, so a container starts as fast as a second `npm start`.
FROM node:20.19.5-bookworm-slim
WORKDIR /app
COPY --chown=node:node . .
RUN mkdir -p .data && chown node:node /app .data
USER node
RUN npm ci --include=dev --no-audit --no-fund \
  && node -e "import('./cms/launch/prepare/prepare.mjs').then(({ prepare }) => prepare('start'))"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=1337
EXPOSE 1337
CMD ["node", "cms/launch/start.mjs"]
