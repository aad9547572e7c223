# `bash answers.sh PORT PATH`: exit code 0 where HTTP answers with 200; for images without curl
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
read -r -t 5 answer <&3
[[ $answer == *" 200"* ]]
