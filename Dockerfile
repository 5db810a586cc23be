# syntax=docker/dockerfile:1
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && mkdir /data

# From here on nothing needs a shell: no RUN, and all commands as lists. Only /data is written to, so the root file system
# may be read-only (docker run --read-only --cap-drop ALL --security-opt no-new-privileges -v playcaller:/data).
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json app.yml ./
COPY playbooks ./playbooks
COPY src ./src
COPY --from=dependencies --chown=1000:1000 /data /data
# By number (it is the image's user `node`), so that Kubernetes can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# No npm in front of it, so that SIGTERM reaches the app and it can drain.
CMD ["node", "--max-semi-space-size=4", "src/main.ts"]
