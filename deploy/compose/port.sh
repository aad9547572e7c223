# `bash port.sh PORT`: exit code 0 where something listens; for images that have nothing else
exec 3<>/dev/tcp/127.0.0.1/$1
